import admin from './admin'
import administration from './administration'
import alerts from './alerts'
import beside from './beside'
import bodycam from './bodycam'
import commands from './commands'
import deviceRecordings from './deviceRecordings'
import devices from './devices'
import duty from './duty'
import findings from './findings'
import frame from './frame'
import gb28181 from './gb28181'
import inspection from './inspection'
import orders from './orders'
import platforms from './platforms'
import records from './records'
import situation from './situation'
import talk from './talk'
import tasks from './tasks'
import uploads from './uploads'
import video from './video'

/** Chinese, the first language of the console, by desk. Domain words are those of the project's vocabulary. */
export default {
  ...frame,
  ...situation,
  ...alerts,
  ...tasks,
  ...duty,
  ...devices,
  ...deviceRecordings,
  ...commands,
  ...video,
  ...beside,
  ...records,
  ...inspection,
  ...findings,
  ...admin,
  ...orders,
  ...administration,
  ...platforms,
  ...uploads,
  ...bodycam,
  ...gb28181,
  ...talk,
}
