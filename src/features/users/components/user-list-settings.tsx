import { ColumnChooser } from '@/components/table/column-chooser';
import { emptyState } from '@/lib/form-state';
import { type Address, firstOf, hrefWith, openedName } from '@/lib/search-params';
import { listSizes } from '../list.schema';
import { saveUserListAction } from '../list-preference.actions';
import { type UserListPreference, userColumns } from '../list-preference.schema';
import { columnLabels } from './user-table';

export function UserListSettings({ preference, address }: { preference: UserListPreference; address: Address }) {
  const columns = userColumns.map((key) => ({
    key,
    label: columnLabels[key],
    checked: preference.columns.includes(key),
  }));
  return (
    <ColumnChooser
      href={hrefWith(address, { [openedName]: 'columns' })}
      isOpen={firstOf(address.params, openedName) === 'columns'}
      columns={[{ key: 'name', label: 'Name', checked: true, fixed: true }, ...columns]}
      density={preference.density}
      size={{ current: preference.size, options: [...listSizes] }}
      action={saveUserListAction.bind(null, emptyState)}
      // The size in the address would override the one just saved.
      returnTo={hrefWith(address, { size: null })}
    />
  );
}
