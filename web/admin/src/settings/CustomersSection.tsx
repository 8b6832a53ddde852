import { Checkbox, Radio, Stack, TextInput } from '@mantine/core';
import type { Product } from '../gql/graphql';
import { Section } from './Section';
import classes from './Settings.module.css';
import { LANGUAGES } from './settings';
import type { SettingsForm } from './useSettings';
import { labels, languages, products } from './words';

/** What customers meet. */
export function CustomersSection({ form: { draft, wrong, change } }: { form: SettingsForm }) {
  return (
    <Section id="customers" title="Customers">
      <TextInput
        id="country"
        label={labels.country}
        labelProps={{ fw: 600 }}
        description="Two letters, such as US or GB. Phone numbers may be given as they are dialled there; all others need their country code."
        value={draft.country}
        onChange={(e) => change({ country: e.currentTarget.value.toUpperCase() })}
        error={wrong.country}
        autoComplete="off"
        maxLength={2}
        classNames={{ input: classes.number, wrapper: classes.phone }}
      />
      <TextInput
        id="supportPhone"
        label={labels.supportPhone}
        labelProps={{ fw: 600 }}
        description="Every notice tells users to call it if something was not them. With its country code where it is of another country; empty for none."
        value={draft.supportPhone}
        onChange={(e) => change({ supportPhone: e.currentTarget.value })}
        error={wrong.supportPhone}
        type="tel"
        autoComplete="off"
        maxLength={40}
        classNames={{ input: classes.number, wrapper: classes.phone }}
      />
      <Checkbox.Group
        label={labels.languages}
        labelProps={{ fw: 600 }}
        description="In which users may have their texts, calls and emails. Who has chosen another keeps it."
        error={wrong.languages}
        value={draft.languages}
        onChange={(chosen) => change({ languages: LANGUAGES.filter((each) => chosen.includes(each)) })}
      >
        <Stack gap="xs" my="xs">
          {LANGUAGES.map((language, place) => (
            <Checkbox key={language} id={place === 0 ? 'languages' : undefined} value={language} label={languages[language]} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Radio.Group
        name="products"
        label={labels.products}
        labelProps={{ fw: 600 }}
        description="How much of the platform the institution uses."
        value={draft.products[0] ?? null}
        onChange={(product) => change({ products: [product] })}
        error={wrong.products}
      >
        <Stack gap="xs" my="xs">
          {(Object.keys(products) as Product[]).map((product, place) => (
            <Radio key={product} id={place === 0 ? 'products' : undefined} value={product} label={products[product].label} description={products[product].hint} />
          ))}
        </Stack>
      </Radio.Group>
    </Section>
  );
}
