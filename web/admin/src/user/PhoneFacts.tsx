import { When } from '@factordesk/shared';
import type { PhoneFragment } from '../gql/graphql';
import classes from './DeviceCard.module.css';
import { fullName, methodWords, numberTypeWords, typeInSentence } from './words';

/** How a phone gets its codes, and why so: what was detected, what staff set, what holds. */
export function PhoneFacts({ phone }: { phone: PhoneFragment }) {
  const override = phone.numberTypeOverride;
  return (
    <>
      <div>
        <dt>Codes go</dt>
        <dd>
          <strong>by {methodWords[phone.communicationMethod]}</strong>, as to {phone.numberType === 'VOIP' ? 'an' : 'a'}{' '}
          {typeInSentence(phone.numberType)}
        </dd>
      </div>
      <div>
        <dt>Detected type</dt>
        <dd>{phone.detectedNumberType ? numberTypeWords[phone.detectedNumberType] : 'Unknown'}</dd>
      </div>
      <div>
        <dt>Carrier</dt>
        <dd>{phone.carrier ?? 'Not known'}</dd>
      </div>
      <div className={classes.wide}>
        <dt>Set by staff</dt>
        <dd>
          {override ? (
            <>
              {numberTypeWords[override.numberType]}, by {override.by ? fullName(override.by) : 'someone no longer listed'}, <When at={override.at} />
              <br />
              Reason: {override.reason}
            </>
          ) : (
            'Nothing: the detected type holds'
          )}
        </dd>
      </div>
      <div className={classes.wide}>
        <dt>What they probably see</dt>
        <dd>{phone.callerIdExpectation}</dd>
      </div>
    </>
  );
}
