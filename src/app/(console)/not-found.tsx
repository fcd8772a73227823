export { NothingHere as default } from '@/components/layout/refusal';
