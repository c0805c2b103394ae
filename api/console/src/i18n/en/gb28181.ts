import type chinese from '../zh-CN/gb28181'

const messages: typeof chinese = {
  gb28181: {
    hint: 'Cameras, recorders, body cameras and subordinate platforms that register here by GB/T 28181',
    search: 'Search name, code or address', name: 'Name', code: 'Code', state: 'State', online: 'registered', offline: 'not registered',
    address: 'Registered from', model: 'Model', firmware: 'Firmware', catalogue: 'Last catalogue', transport: 'Media transport', password: 'Password',
    lastSeen: 'Last message', never: 'none yet', whole: 'whole', part: 'not whole', ownPassword: 'own', sharedPassword: 'common',
    none: 'No device of GB/T 28181 yet',
    noneHint: 'Register it under Devices (protocol GB/T 28181, its 20 digits) or turn self-registration on; then enter in the device:',
    noMatch: 'No such device',
    entry: 'What to enter in a device', entryHint: 'The configuration of the service decides these:',
    inDevice: {
      server: 'SIP server code, domain', address: 'SIP server address, port', password: 'Password', transport: 'Transport',
    },
    comes: {
      password: "the device's own, else {setting}; with neither it cannot register",
      transport: 'UDP or TCP; TCP for large catalogues and mobile networks',
    },
    ask: 'Ask for the catalogue again', waiting: 'Asked for the catalogue {n} s ago', done: 'The catalogue of {name} is new',
    partDone: 'The catalogue of {name} is new, but the device did not give all of it', unanswered: '{name} gave no catalogue within {n} s',
    channels: 'Channels', closeChannels: 'Close the list of channels', channelSearch: 'Search name or code of a channel', channelNone: 'No channels',
    channelNoneHint: 'A device is asked for its catalogue when it registers; you can ask again.', channelNoMatch: 'No such channel',
    foundNumber: '{n} found', partial: 'There are too many channels: only the first {n} were read',
    open: 'Open {name}', close: 'Close {name}', unlisted: 'not listed any more', home: 'home {n}', watch: 'Watch', unknown: 'state unknown',
    ptz: { 1: 'dome', 2: 'half dome', 3: 'fixed', 4: 'moving', 5: 'moving half dome', 6: 'panorama', 7: 'part of a panorama' },
    transports: { default: 'as the common setting', udp: 'UDP', 'tcp-passive': 'TCP passive (the device connects)', 'tcp-active': 'TCP active (we connect)' },
    passwordHint: 'Sealed and never shown; 8 to 64 letters, digits or signs of ASCII, no spaces', passwordKept: 'It has one of its own; left empty, it stays',
    passwordRule: 'Must be 8 to 64 letters, digits or signs of ASCII, no spaces', transportHint: 'TCP passive for devices behind NAT; from the next fetch on',
    shift: 'Shift of recorded times (hours)', shiftRule: 'Must be -{most} to {most} hours',
    shiftHint: 'Added to the t= line when this device is asked to play or download what it recorded; 8 for a device that takes t= for local time and plays what was eight hours earlier',
  },
  ptz: {
    title: 'Move the camera', pad: 'Directions: hold to turn; arrow keys do the same',
    padHint: 'Hold to turn, faster further out; arrow keys turn, Shift faster, + and − zoom',
    zoom: 'Zoom', zoomIn: 'Zoom in', zoomOut: 'Zoom out', focus: 'Focus', focusNear: 'Focus nearer', focusFar: 'Focus farther',
    iris: 'Iris', irisOpen: 'Open the iris', irisClose: 'Close the iris',
    mine: 'You hold it, until {until} after you let go', held: '{who} holds it, until {until} after letting go', inUse: '{who} is moving this camera',
    tooMany: 'You are moving {n} cameras already, wait a little', refused: 'The device does not do it: {why}', silent: 'The device does not answer',
    fixed: 'The device says that this camera is fixed: it neither turns nor zooms', noCamera: 'This is no camera of GB/T 28181 that can be moved',
    presets: 'Presets', asking: 'Asking the device…', noPresets: 'The device has no presets', call: 'Go to preset {n}', number: 'Number of the preset',
    save: 'Save preset', saveHint: 'Keeps where the camera looks now under this number', overwrite: 'Preset {n} exists. Change it to where the camera looks now?',
    remove: 'Delete preset {n}', removeAsk: 'Delete preset {n}?', home: 'home', setHome: 'Make it home: where the camera returns to when nobody moves it', noHome: 'No home any more',
    homeChanged: '{who} set a home before. Change it?', homeChangedBefore: 'A home was set before. Change it?', homeAnyway: 'Change',
  },
}

export default messages
