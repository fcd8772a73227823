export { NotOpen as default } from '@/components/layout/refusal';
