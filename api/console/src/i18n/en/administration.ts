/** Administration: how its pages are grouped, where day roots are sent to, a stream's own days, the first day's storage. */
export default {
  adminGroup: {
    title: 'Groups of administration', and: ', ', access: 'Devices and access', people: 'People', rules: 'Rules and templates', proof: 'Records and proof', system: 'System',
  },
  rootTarget: {
    title: 'Sent to',
    note: 'Each day root is sent to these addresses, to be kept outside of the house. One that was ended stays in the list and gets no more.',
    add: 'Add address', kind: 'Way', webhook: 'Webhook', mail: 'Mail', address: 'Address', since: 'Since', last: 'Last sending', state: 'State',
    urlHint: 'an https URL, gets the root as a file (JSON, POST); http on this machine only',
    mailHint: 'gets the root as an attachment; farwatch.proof.mail must be set',
    none: 'No address', noneHint: 'Roots that stay on this machine do not prove that the whole chain was not signed anew.',
    on: 'in use', off: 'ended', end: 'End', begin: 'Use again', ended: 'Address ended', begun: 'Address in use', added: 'Address added',
    test: 'Test', testing: 'testing', testOk: 'Test arrived', testFailed: 'Test failed: {why}',
    never: 'nothing sent yet', sent: '{day} sent at {at}', waiting: '{day} waits, tried {tries} times', failed: '{day} not sent, tried {tries} times',
    again: 'Send again', againDone: '{n} queued again', endWhat: '{address} will get no more day roots; what was sent stays in the list.',
    logFile: 'Whole log (for verify)', required: 'required',
  },
  retention: {
    title: 'Retention', of: 'kept {days} days', ofClass: 'as its class "{name}"', own: 'own days', why: 'reason: {why}',
    edit: 'Set retention', days: 'Own days', daysHint: 'at least {least} days by law (order 799, art. 17)',
    daysRule: 'a whole number from {least} to {most}', reason: 'Reason', reasonHint: 'such as a place or a case that needs it',
    reasonRule: 'own days need a reason', saved: 'Retention changed', takes: '{size} stored, {held} of it held',
    shorter: 'Recordings older than {days} days that nobody holds go at the next round.',
  },
  firstDay: {
    needed: 'Less than a day recorded: no forecast yet', hint: 'A day is needed first: the forecast begins at {at}. Until then the calculator below starts with the measured rate.',
    none: 'Nothing recorded: no forecast yet', noneHint: 'It comes once a day was recorded; until then use the calculator below.',
    measured: 'Rate measured so far: {list}', rate: '{name} {rate} kbit/s ({streams} streams)',
  },
}
