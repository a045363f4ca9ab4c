import { ensureJobspyPython, PythonMissingError } from '../services/jobspy-python.js';
import { installSystemPackages } from './system-packages.js';

/**
 * The Python of the tests of jobspy-service/: with the one that is there, else with the system's packages.
 * @throws Error that says what to do when none is to be had.
 */
export async function ensurePython(say: (line: string) => void): Promise<void> {
  try {
    await ensureJobspyPython(say);
  } catch (error) {
    if (!(error instanceof PythonMissingError)) throw error;
    installSystemPackages(['python3', 'python3-venv'], say);
    await ensureJobspyPython(say);
  }
}
