/** Speaking to devices. */
export default {
  talk: {
    title: 'Talk', hold: 'Hold to speak', stop: 'Stop',
    hint: '{what}: hold to speak, or click to begin and again to end (T on the chosen picture, or Space)',
    level: 'Microphone level', asking: 'Please allow the microphone', calling: 'Calling the device …', open: 'Speak now',
    inUse: '{who} is speaking to this device; try again later', takenOver: '{who} has taken over; the call has ended',
    said: {
      hungUp: 'the device hung up', noCall: 'the device did not answer within {ms} ms', error: 'the device does not take broadcasts', offline: 'the device is offline',
      otherForm: 'the file is named {named}, but is {found}', noSound: 'must be a WAV, MP3, AAC or M4A sound file',
      full: 'as many loudspeakers as may be ({n}) are spoken to; try again later', none: 'nobody can speak to this device: only to those of GB/T 28181 and JT/T 1078',
    },
    why: {
      insecure: 'The browser gives this page no microphone: open it by https or as localhost',
      denied: 'The microphone was not allowed: allow it in the site settings of the browser',
      none: 'No microphone was found: is it connected?',
      busy: 'The microphone cannot be opened: another program may be using it',
      lost: 'The connection to the service was lost; the call has ended',
    },
  },
  shout: {
    title: 'Shout', log: 'Shouts', ask: 'Shout', way: 'How', byAnnouncement: 'Announcement', byMicrophone: 'Microphone',
    announcement: 'Announcement', announcements: 'Announcements', loudspeakers: 'Loudspeakers', loudspeaker: 'Loudspeaker', choose: 'Choose one or more',
    chosen: '{n} chosen', times: 'Times', send: 'Shout', end: 'Stop', again: 'Shout again',
    liveNote: 'Hold the button (or click it) and speak; all chosen devices say it at once.',
    noAnnouncements: 'No announcements yet', noLoudspeakers: 'No device can be spoken to: only those of GB/T 28181 and JT/T 1078 are',
    addGroup: 'Add {name} ({n})', seconds: '{s} s', because: '{outcome}: {why}', timesOf: '{name} × {n}',
    heardOf: '{heard} of {n} opened', listen: 'Listen to “{name}”', stopListening: 'Stop “{name}”', cannotPlay: 'The browser cannot play this announcement',
    add: 'Upload', file: 'Sound file', fileHint: 'WAV, MP3, AAC or M4A, at most 60 seconds', name: 'Name', delete: 'Delete announcement', deleteOf: 'Delete “{name}”',
    deleteAsk: '“{name}” will be deleted and can no longer be said; shouts made with it keep its name.',
    at: 'Time', who: 'Speaker', what: 'What', said: 'Length', outcome: 'Outcome', alert: 'Alert', ofAlert: 'Alert {id}',
    count: '{n} shouts, {heard} opened', notYet: 'No shout yet', toWall: 'Video wall',
    none: 'No shouts', noneHint: 'Whatever is said to a device by Talk or Shout is listed here with its purpose and outcome.',
  },
  shoutKind: { talk: 'Talk', live: 'By microphone', announcement: 'Announcement' },
  shoutState: { calling: 'Calling', open: 'Speaking', ended: 'Ended', unknown: 'Unknown (the service was interrupted)' },
  shoutOutcome: {
    done: 'Said', cancelled: 'Cancelled', 'in-use': 'In use, not said', refused: 'Refused', 'no-answer': 'No answer', 'taken-over': 'Taken over',
    'too-long': 'Longest time reached', 'hung-up': 'Hung up by the device', silent: 'No sound from the microphone', 'access-ended': 'Rights changed', stopped: 'Service stopped',
  },
}
