import type chinese from '../zh-CN/uploads'

export default {
  upload: {
    hint: 'Stations upload what body cameras recorded, or put it into a watched folder; what comes too long after its end is late',
    name: 'File', state: 'State', device: 'Device', officer: 'Held by', period: 'Recorded', size: 'Size', brought: 'Brought by', came: 'Arrived',
    reason: 'Reason', states: {
      open: 'Uploading', waiting: 'Waiting', storing: 'Being stored', arrived: 'Stored', duplicate: 'Duplicate', refused: 'Refused', discarded: 'Deleted', expired: 'Expired',
    },
    faults: {
      name: 'Name cannot be read', mismatch: 'Says two different things', 'not-video': 'No video that can be read', codec: 'Codec is not taken', 'unknown-device': 'Unknown device',
      'unknown-officer': 'Unknown officer', 'other-officer': 'Held by somebody else', duration: 'Duration does not fit', time: 'Time cannot be', hash: 'Checksum does not fit',
    },
    folder: 'Folder', late: 'Late', important: 'Important', onlyLate: 'Late only', offset: 'the device’s clock was {seconds} s ahead, corrected', slow: 'the device’s clock was {seconds} s behind, corrected',
    none: 'No uploads yet', noneHint: 'When a station uploads or a file is put into a watched folder, progress, late and refused files are shown here.',
    correct: 'Correct and try again', discard: 'Delete', discardAsk: '“{name}” is deleted for good.', start: 'Start (device’s clock)', startHint: 'left empty it stays as it is',
    progress: '{percent}%', deviceHint: 'id, protocol id or name of the device', officerHint: 'service number', retried: 'It is looked at again',
  },
} satisfies typeof chinese
