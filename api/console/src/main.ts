import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { whenSignedOut } from './http/client'
import { i18n } from './i18n'
import { router } from './router'
import { useSession } from './session/session'
import './ui/tokens.css'
import './ui/base.css'

const app = createApp(App)
app.use(createPinia())
app.use(i18n)

whenSignedOut(() => {
  useSession().forget()
  const here = router.currentRoute.value
  if (here.name !== 'login') {
    void router.push({ name: 'login', query: { next: here.fullPath } })
  }
})

app.use(router)
app.mount('#app')
