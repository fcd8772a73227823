import { inject } from 'vitest';

// Before any module of ours is loaded: they read the environment once.
Object.assign(process.env, inject('settings'));
