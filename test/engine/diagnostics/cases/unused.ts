/** What is an author told of that which nobody uses? */
import { soundSet } from '../../rulesets/sound-set.ts';
import { joined, when, type Case } from './provoke.ts';

const record = '/body/records/0';

export const unused: readonly Case[] = [
  joined('a penalty that no term names', 'ruleset-never-named', '/id', { id: 'forgotten', by: 'term' }, () => [
    { ...soundSet().penalty, id: 'forgotten' },
  ]),
  when('usage that no plan charges', 'meter-never-charged', '/body/records/5/meter', { meter: 'fax.pages' }, (set) => {
    set.fileFormat.body.records.push({ ...set.fileFormat.body.records[1]!, meter: 'fax.pages' });
  }),
  when(
    'an attribute that no rule asks',
    'attribute-never-asked',
    `${record}/attributes/colour`,
    { attribute: 'colour' },
    (set) => {
      set.fileFormat.body.records[0]!.attributes = { colour: { text: 'blue' } };
    },
  ),
];
