import type chinese from '../zh-CN/bodycam'

export default {
  bodycam: {
    tab: 'Camera state', none: 'There are no body cameras', noneHint: 'Devices of the kind body camera are shown here once they are in the register.',
    hint: 'What cameras said of themselves last; what was said too long ago is unknown',
    device: 'Device', squad: 'Squad', holder: 'Held by', nobody: 'In store', battery: 'Battery', space: 'Space left', clock: 'Clock', recording: 'Recording', upload: 'Uploads',
    percent: '{n}%', spaceOf: '{free} / {total}', ahead: '{n} s ahead', behind: '{n} s behind', right: 'Right', said: 'Said', never: 'Never said',
    isRecording: 'Recording', notRecording: 'Not recording', from: 'since', lastUpload: 'Last upload', neverUploaded: 'Nothing uploaded yet', pending: '{n} to be uploaded',
    onDuty: 'On duty', remarks: { battery: 'Low battery on duty', space: 'Low space on duty' },
    marks: { good: 'Good', warning: 'Look', unknown: 'Unknown' },
    readings: 'Last 24 hours', readingsNone: 'It said nothing in this time', batteryOf: 'Battery (%)', spaceLeft: 'Space left (GB)',
  },
  equipment: {
    title: 'Equipment check', none: 'No duty is near', noneHint: 'The cameras of those on duty now and next are shown here.', notIssued: 'Not issued', on: 'On duty', desk: 'To the desk',
    ready: '{n} of {of} ready',
  },
  desk: {
    title: 'Issue and return by scanner', open: 'Issue and return', code: 'Scan or type a badge number or a device’s code', go: 'Enter', hint: 'Badge, then device: issued. A device that is out: returned.',
    standing: 'At the desk', nobody: 'Scan a badge', clear: 'Next person', holds: 'Has', holdsNone: 'Has no device', left: 'cleared in {n} s',
    officer: '{who}: scan the device', issued: 'Issued: {device} → {who}', returned: 'Returned: {device} ({who})', undo: 'Undo {device} ({n} s)', undone: 'Undone',
    history: 'Last 24 hours', historyNone: 'Nothing was issued or returned yet', didIssue: 'Issued', didReturn: 'Returned',
    faults: {
      unknown: '“{code}” is no badge number and no device that is yours', ambiguous: '“{code}” is the code of more than one: type the whole id', 'no-officer': 'The device is in store: scan the badge first, then the device',
      taken: 'It is out to {who} since {at}. To return it press “Next person”, then scan the device', reserved: 'It is entered as {who}’s from {at} on', bounce: 'It was issued this moment; the second reading did nothing', 'undo-over': 'It is too late to undo it, or somebody else did it',
    },
    tooFast: 'Too many codes at once; scan again in a moment',
  },
  dutyHours: {
    title: 'Duty hours to be recorded', hint: 'Where it is on, all duty hours of officers who hold a body camera have to be recorded. Off unless switched on.',
    warning: 'Think twice: it blames everybody. Breaks, ways and hours in which nothing is enforced count as gaps too; usually only the stages of enforcement have to be recorded. Have a rule to stand on, and tell the officers before.',
    squad: 'Squad', state: 'State', on: 'On', off: 'Off', since: 'Since', reason: 'Reason', by: 'Switched on by', turnOn: 'Switch on', turnOff: 'Switch off', why: 'Why it is switched off', saved: 'Saved', squadNone: 'There are no squads', squadNoneHint: 'Make squads under Organisation first.',
    keeps: 'From now on nothing more is required; what was required and what was missing until now stays.',
  },
} satisfies typeof chinese
