import { t } from './index'

/**
 * The service gives its reasons in English. Those that somebody meets while filling in a form are given in the language
 * chosen; any other is shown as it came, which is better than a vaguer one of ours.
 */
const KNOWN: readonly [RegExp, string][] = [
  [/^overlaps another duty of this officer/, 'reasonOf.dutyOverlap'],
  [/^overlaps a time in which somebody else holds/, 'reasonOf.custodyOverlap'],
  [/^must be at most (?<n>\d+) hours after start/, 'reasonOf.tooLong'],
  [/^must be after from .*; was "(?<value>.*)"$/, 'activityReason.endFirst'],
  [/^must be a time such as .*; was "(?<value>.*)"$/, 'activityReason.time'],
  [/^names no officer of yours by the number (?<number>.+); was/, 'activityReason.officer'],
  [/^must be true: a rule asks for it of (?<stage>[^;]+)/, 'activityReason.always'],
  [/^must be after (start|from)/, 'reasonOf.endFirst'],
  [/^is not the present password/, 'reasonOf.wrongPassword'],
  [/^belongs to another officer/, 'reasonOf.numberTaken'],
  [/^is taken by another squad/, 'reasonOf.squadTaken'],
  [/^or id belongs to a device/, 'reasonOf.deviceTaken'],
  [/^names no squad/, 'reasonOf.noSquad'],
  [/^must be a squad of yours/, 'reasonOf.foreignSquad'],
  [/is the last who can administer users/, 'reasonOf.lastAdministrator'],
  [/^you have (?<n>\d+) tokens/, 'reasonOf.tokensFull'],
  [/^must not be the user name/, 'reasonOf.passwordIsName'],
  [/^(items )?must be at most (?<n>\d+), which the pool has/, 'reasonOf.poolSmall'],
  [/^must name draw (?<n>\d+)/, 'reasonOf.mustReplace'],
  [/^draw (?<n>\d+) of the same period is frozen/, 'reasonOf.otherFrozen'],
  [/^inspectors that are not of the squad itself are missing \(have\/needed\): (?<squads>.+)$/, 'reasonOf.inspectorsLack'],
  [/is held by somebody who is off duty/, 'commands.said.offDuty'],
  [/^(?<n>\d+) commands of device .* wait already/, 'commands.said.full'],
  [/^must be writable in GBK/, 'commands.said.gbk'],
  [/^must have at most (?<n>\d+) bytes in GBK/, 'commands.said.long'],
  [/^must be given for this action/, 'form.required'],
  [/^must be empty for this action/, 'commands.said.noParameters'],
  [/^or speak must be true/, 'commands.said.nobody'],
  [/^login from (?<address>\S+) refused: the password is wrong/, 'platform.said.wrongPasswordHere'],
  [/^login from (?<address>\S+) refused: user (?<user>\d+) is not/, 'platform.said.wrongUserHere'],
  [/^login from (?<address>\S+) refused: (?<why>.*)/, 'platform.said.refusedHere'],
  [/^the login was refused: WRONG_PASSWORD/, 'platform.said.wrongPassword'],
  [/^the login was refused: WRONG_ADDRESS/, 'platform.said.wrongAddress'],
  [/^the login was refused: WRONG_ACCESS_CODE/, 'platform.said.wrongAccessCode'],
  [/^the login was refused: UNKNOWN_USER/, 'platform.said.unknownUser'],
  [/^the login was refused: BUSY/, 'platform.said.busy'],
  [/^the login was refused/, 'platform.said.refused'],
  [/^the city platform closed the (link|connection)/, 'platform.said.closed'],
  [/^(Connection refused|Connect timed out|No route to host|Host is unreachable)/i, 'platform.said.unreachable'],
  [/^no answer within/, 'platform.said.noAnswer'],
  [/^silent for (?<n>\d+) s/, 'platform.said.silent'],
  [/^slave link to (?<address>\S+) is not connected/, 'platform.said.slaveNotAllowed'],
  [/^belongs to another platform: (?<n>\d+)/, 'platform.said.codeTaken'],
  [/^belongs to another link: (?<n>\d+)/, 'platform.said.portTaken'],
  [/^must be 1 to 8 letters, digits or signs of ASCII/, 'platform.said.ascii'],
  [/^must be a numeric address/, 'platform.said.numeric'],
  [/^must be (a host name or an address|an address of at most)/, 'platform.said.host'],
  [/^must be given again: it was sealed/, 'platform.said.again'],
  [/^(?<n>\d+) duties are still to be done at this post/, 'reasonOf.postNeeded'],
  [/^the device hung up/, 'talk.said.hungUp'],
  [/(does not call back|does not answer the talk) within (?<ms>\d+) ms/, 'talk.said.noCall'],
  [/answers Broadcast with ERROR/, 'talk.said.error'],
  [/^the device went offline|^device \S+ is not registered|^the terminal is not connected/, 'talk.said.offline'],
  [/^no more than (?<n>\d+) loudspeakers/, 'talk.said.full'],
  [/^nobody can speak to the device/, 'talk.said.none'],
  [/^must be what its name says: (?<named>\w+), was (?<found>\w+)/, 'talk.said.otherForm'],
  [/^must be (WAV, MP3, AAC or M4A|named \.wav)/, 'talk.said.noSound'],
]

export function serviceWords(text: string): string {
  for (const [pattern, key] of KNOWN) {
    const match = pattern.exec(text)
    if (match) {
      return t(key, { ...match.groups })
    }
  }
  return text
}
