import { Button } from '../ui/button';
import { TextField } from './text-field';

type Props = { name: string; label: string; hint: string; defaultValue: string };

export function FindField(field: Props) {
  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextField {...field} type="search" optional />
      </div>
      <Button type="submit" tone="secondary" size="lg" icon="search">
        Search
      </Button>
    </div>
  );
}
