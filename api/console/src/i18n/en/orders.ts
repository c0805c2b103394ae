import type chinese from '../zh-CN/orders'

const messages: typeof chinese = {
  orders: {
    status: 'Status', guard: 'Guard', unguard: 'Stop guarding', reset: 'Reset alarm', reboot: 'Restart', keyPicture: 'Key picture',
    keyAsked: 'Asked {name} for a key picture', keyHint: 'When a picture is broken or does not come: has the camera send a key picture at once',
    well: 'says that it is well', unwell: 'says that something is wrong', offline: 'says that it is offline', clock: 'its clock: {at}', silent: 'The device does not answer',
    word: { done: 'the device has done it', 'not-done': 'the device says that it could not', none: 'the device has taken it and does not say more' },
    rebootTitle: 'Restart {name}', rebootWhat: 'Until it registers again, some minutes later as a rule, no pictures, recordings and alarms come from it.', reason: 'Reason', reasonRule: 'Must be given',
    rebooted: '{name} has taken the command to restart',
  },
}

export default messages
