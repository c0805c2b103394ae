import { ElMessageBox } from 'element-plus'
import 'element-plus/es/components/message-box/style/css'
import { t } from '../i18n'

/** Asks before something that cannot be undone, saying what will happen. */
export async function confirm(title: string, what: string, act: string): Promise<boolean> {
  try {
    await ElMessageBox.confirm(what, title, {
      confirmButtonText: act,
      cancelButtonText: t('action.cancel'),
      confirmButtonClass: 'el-button--danger',
      type: 'warning',
    })
    return true
  } catch {
    return false
  }
}
