import { deadlineCommand } from '../core/clocks/command.ts'

export async function deadline(args: string[]): Promise<number> {
  const answer = deadlineCommand(args)
  process.stdout.write(answer.out)
  process.stderr.write(answer.err)
  return answer.code
}
