import type { LeaveReason, WizardState } from './state.ts';

/** Ctrl+C: leaves; an apply is stopped first, and left alone only when asked again. */
export function leave(state: WizardState): WizardState {
  const { phase } = state;
  switch (phase.name) {
    case 'left':
      return state;
    case 'applying':
      return phase.stopping
        ? leaveWith(state, 'forced')
        : { ...state, phase: { ...phase, stopping: true }, overlays: [] };
    case 'ended':
      return leaveWith(state, 'ended');
    default:
      return leaveWith(state, 'cancelled');
  }
}

/** @param then a command that the user wants to run instead */
export function leaveWith(state: WizardState, why: LeaveReason, then?: string): WizardState {
  const ended = state.phase.name === 'ended' ? state.phase : undefined;
  return { ...state, phase: { name: 'left', why, ended, then }, overlays: [] };
}
