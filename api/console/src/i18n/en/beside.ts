/** Video: which picture of a camera, its clock, and the map beside the wall. */
export default {
  quality: {
    url: 'Sub stream address',
    urlHint: 'Optional. Walls of four and more fetch it; one picture, enlarging and recording use the main stream',
    subOther: 'Must differ from the source address',
    sub: 'Sub stream',
    subHint: 'The sub stream among many pictures, the main one when enlarged',
  },
  cameraClock: {
    title: 'Camera clock',
    hint: 'By the sender reports of RTSP against the server’s clock; the time on the way is part of it',
    unknown: 'Not known: the source tells no time',
    right: 'Right within a second',
    ahead: '{span} fast',
    behind: '{span} slow',
    seconds: '{n} s',
    days: '{n} days',
  },
  healthPage: {
    measured: 'Measured',
    last: 'Last',
    lasts: 'Since {at}, for {span}',
    lasted: '{at}, for {span}',
    several: '{n} faults',
  },
  beside: {
    label: 'Cameras as list or map',
    list: 'List',
    map: 'Map',
    mapOf: 'Map of cameras',
    inView: '{n} in view, nearest first',
    inViewMost: '{n} in view, the nearest {most} listed',
    unplaced: '{n} without a place, found in the list',
    none: 'No camera in view',
    noneHint: 'Move the map or zoom out; cameras without coordinates stand in the list only.',
    put: 'Click to put it on the wall, or drag it there',
  },
}
