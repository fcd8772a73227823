'use client';

import { type RefObject, useCallback, useEffect } from 'react';
import { setUnsaved } from './leaving';

export function useLeaveWarning(form: RefObject<HTMLFormElement | null>, isOn: boolean): (isUnsaved: boolean) => void {
  useEffect(() => () => setUnsaved(form, false), [form]);
  return useCallback((isUnsaved: boolean) => setUnsaved(form, isOn && isUnsaved), [form, isOn]);
}
