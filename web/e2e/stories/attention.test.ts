import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk } from '../src/desk';
import { overflows, violations } from '../src/look';
import { customers, people } from '../src/people';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.start();
});
afterAll(() => desk.stop());

test('staff see that the last text failed, on the page and in the list', async () => {
  const customer = await desk.page();
  await desk.enterPassword(customer, customers.landline);
  const send = customer.getByRole('button', { name: 'Text me a code' });
  await send.click();
  await customer.getByLabel('Code', { exact: true }).waitFor();

  const agent = await desk.page();
  await desk.signIn(agent, people.agent, '/admin/users?search=landline');
  const failed = 'The last text to ••• 0102 failed';
  // What became of it is reported within a second.
  for (let tries = 0; tries < 5 && (await agent.getByText(failed).count()) === 0; tries++) {
    await agent.waitForTimeout(1_000);
    await agent.reload();
    await agent.getByRole('link', { name: 'Lars Landline' }).waitFor();
  }
  await agent.getByRole('row', { name: /Lars Landline.*The last text to ••• 0102 failed/ }).waitFor();
  expect(await violations(agent)).toEqual([]);
  await agent.getByRole('link', { name: 'Lars Landline' }).click();
  await agent.getByRole('heading', { name: 'What needs attention' }).waitFor();
  await agent.getByText(failed).waitFor();
  expect(await agent.getByText('are in order').count()).toBe(0);
  expect(await violations(agent)).toEqual([]);
  if (process.env.LOOK) await agent.screenshot({ path: `${process.env.LOOK}/attention.png` });
  await agent.setViewportSize({ width: 390, height: 844 });
  expect(await overflows(agent)).toBe(false);
  if (process.env.LOOK) await agent.screenshot({ path: `${process.env.LOOK}/attention-390.png` });
});
