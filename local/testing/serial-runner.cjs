const { default: TestRunner } = require('jest-runner');

/** The stack's suites start real processes: one suite at a time, whatever the machine. */
module.exports = class SerialRunner extends TestRunner {
  isSerial = true;
};
