'use client';

import { type RefObject, useCallback, useEffect } from 'react';
import { setUnsaved } from './leaving';

/** Answers a function that says whether this form holds something that is not saved; nothing is lost once it is gone. */
export function useLeaveWarning(form: RefObject<HTMLFormElement | null>, isOn: boolean): (isUnsaved: boolean) => void {
  useEffect(() => () => setUnsaved(form, false), [form]);
  return useCallback((isUnsaved: boolean) => setUnsaved(form, isOn && isUnsaved), [form, isOn]);
}
