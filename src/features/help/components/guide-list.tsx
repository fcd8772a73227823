import { PageHeader } from '@/components/layout/page-header';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/text-link';
import type { Found } from '../guides.queries';
import { snippetOf } from '../snippet.policy';

type Props = { found: Found[]; search: string; isSignedIn: boolean };

export function GuideList({ found, search, isSignedIn }: Props) {
  return (
    <>
      <PageHeader
        title="Help"
        description="Guides to everything you can do here. The help icon on each page opens the guide for that page."
      />
      <search>
        <form noValidate action="/help" className="mb-6 flex max-w-xl gap-2">
          <label className="sr-only" htmlFor="help-search">
            Search the guides
          </label>
          <input
            id="help-search"
            type="search"
            name="q"
            defaultValue={search}
            placeholder="Search the guides"
            data-search=""
            className="control"
          />
          <button type="submit" className={buttonClass('secondary', 'lg')}>
            Search
          </button>
        </form>
      </search>
      {found.length === 0 ? (
        <Card padded={false}>
          <EmptyState
            kind="nothing-matches"
            title="No guide matches"
            action={<TextLink href="/help">All guides</TextLink>}
          >
            Try a single word{isSignedIn ? '' : ', or sign in: most guides are for people who are signed in'}.
          </EmptyState>
        </Card>
      ) : (
        <ul className="grid gap-3 sm:grid-cols-2">
          {found.map((each) => (
            <Entry key={each.guide.slug} {...each} search={search} />
          ))}
        </ul>
      )}
    </>
  );
}

function Entry({ guide, parts, search }: Found & { search: string }) {
  return (
    <li className="rounded-ui border border-line bg-surface px-5 py-4">
      <h2 className="font-semibold">
        <TextLink href={`/help/${guide.slug}`}>{guide.title}</TextLink>
      </h2>
      <p className="text-ink-soft">{guide.summary}</p>
      {parts.length > 0 && (
        <ul className="mt-3 grid gap-2 border-line border-t pt-3">
          {parts.slice(0, 4).map((part) => (
            <li key={part.id}>
              <TextLink href={`/help/${guide.slug}#${part.id}`}>{part.title}</TextLink>
              <span className="block text-xs text-ink-soft">{snippetOf(part.words, search)}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
