import type { Can } from '@/server/work';
import type { ExportField } from './download.schema';

export function fieldsFor(can: Pick<Can, 'may'>, fields: readonly ExportField[]): ExportField[] {
  return fields.filter(({ needs }) => !needs || can.may(needs));
}
