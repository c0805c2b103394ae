import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import { Problem } from '../http/problem'
import { useForm, type FieldErrors } from './form'

describe('a form', () => {
  it('is dirty from the first change until it is saved', async () => {
    const form = useForm({ name: '' }, async () => {})
    expect(form.dirty.value).toBe(false)
    form.model.name = '一中队'
    expect(form.dirty.value).toBe(true)
    expect(await form.submit()).toBe(true)
    expect(form.dirty.value).toBe(false)
  })

  it('is not sent while a field is wrong', async () => {
    let sent = 0
    const form = useForm({ name: '' }, async () => void (sent += 1), ({ name }): FieldErrors => (name ? {} : { name: '必填' }))
    expect(await form.submit()).toBe(false)
    expect([sent, form.errors.name]).toEqual([0, '必填'])
  })

  it('shows what the service says at the field and loses nothing', async () => {
    const form = useForm({ number: '017' }, async () => {
      throw new Problem(400, { detail: 'number is taken', errors: [{ field: 'number', message: '已被使用' }] })
    })
    form.model.number = '018'
    expect(await form.submit()).toBe(false)
    expect([form.model.number, form.errors.number, form.failure.value]).toEqual(['018', '已被使用', ''])
    expect(form.dirty.value).toBe(true)
  })

  it('says in the language chosen what the service says in English', async () => {
    const form = useForm({ start: '' }, async () => {
      throw new Problem(400, { errors: [{ field: 'start', message: 'overlaps another duty of this officer' }] })
    })
    await form.submit()
    expect(form.errors.start).toBe('与该人员的另一勤务时间重叠')
  })

  it('does not swallow the message of a field that it does not show', async () => {
    const form = useForm({ name: 'x' }, async () => {
      throw new Problem(400, { errors: [{ field: 'geometry', message: '自相交' }] })
    })
    await form.submit()
    expect(form.failure.value).toContain('geometry: 自相交')
  })

  it('clears old messages when it starts anew', async () => {
    const form = useForm({ name: '' }, async () => {}, () => ({ name: '必填' }))
    await form.submit()
    form.reset({ name: 'a' })
    expect([form.errors.name, form.model.name, form.dirty.value]).toEqual([undefined, 'a', false])
  })

  it('takes back what it said of a field once another value is typed', async () => {
    const form = useForm({ name: '', place: '' }, async () => {}, () => ({ name: '必填', place: '必填' }))
    await form.submit()
    form.model.name = 'a'
    await nextTick()
    expect({ ...form.errors }).toEqual({ place: '必填' })
  })
})
