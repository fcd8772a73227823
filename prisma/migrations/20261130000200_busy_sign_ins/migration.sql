-- An attempt that was not verified because too many were waiting. It is recorded and does not count as a failure.
ALTER TYPE "sign_in_result" ADD VALUE IF NOT EXISTS 'busy';
