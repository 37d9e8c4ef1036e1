import type { Input, OperationId } from '@stoa/sdk'
import type { Caller, World } from './world.ts'

/** One call that succeeds for whoever may make it. */
export interface Call<Op extends OperationId> {
  readonly input: Input<Op>
  /** Who makes it in the caller's place; has the caller's role. */
  readonly as?: Caller
}

interface Common<Op extends OperationId> {
  /**
   * Prepares the call for `caller`; called anew for every call. What it needs is made by the caller where the caller may,
   * else by our owner.
   */
  call(world: World, caller: Caller): Promise<Call<Op>> | Call<Op>
}

/** An operation for members. */
export interface PrivateFixture<Op extends OperationId> extends Common<Op> {
  /**
   * How the owner of another organisation is answered who sends the very same request: as if the thing did not exist, or
   * with what is their own.
   */
  readonly stranger: 'not found' | 'own data'
}

/** An operation for everybody: what this call is answered, whatever token comes with it. */
export interface PublicFixture<Op extends OperationId> extends Common<Op> {
  readonly answers: number
}

export type Fixture<Op extends OperationId> = PrivateFixture<Op> | PublicFixture<Op>
export type Fixtures = { readonly [Op in OperationId]: Fixture<Op> }
export type SomeFixtures<Op extends OperationId> = Pick<Fixtures, Op>
