import { ElMessage } from 'element-plus'
import 'element-plus/es/components/message/style/css'

/** A sentence that comes and goes: what was done, or what failed outside of a form. */
export function notify(type: 'success' | 'error' | 'info', message: string): void {
  ElMessage({ type, message, duration: type === 'error' ? 8000 : 3000, showClose: type === 'error' })
}
