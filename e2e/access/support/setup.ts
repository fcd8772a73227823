import { inject } from 'vitest';

// This runs before any module of Rollcall is loaded, because they read the environment only once.
Object.assign(process.env, inject('settings'));
