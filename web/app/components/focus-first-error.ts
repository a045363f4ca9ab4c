import { useEffect, useRef } from 'react';

/** Moves the focus to the first control that is marked invalid, whenever `errors` changes to something. */
export function useFocusFirstError(errors: unknown) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (errors) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  return form;
}
