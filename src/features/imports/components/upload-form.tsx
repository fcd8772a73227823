import { Button, LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { ImportableOrganizations } from '../form-options.queries';

type Props = {
  problem: string | null;
  choices: ImportableOrganizations;
};

/** A plain multipart form, so that it works without scripts and streams the file. */
export function UploadForm({ problem, choices: { organizations, isCut } }: Props) {
  return (
    <form
      noValidate
      action="/api/imports"
      method="post"
      encType="multipart/form-data"
      className="flex max-w-xl flex-col gap-6"
    >
      {problem && <Notice tone="bad">{problem}</Notice>}
      {(organizations.length > 1 || isCut) && (
        <div>
          <label htmlFor="organizationId" className="font-medium text-sm">
            Organization
          </label>
          <p className="text-ink-soft">Everybody in the file joins this organization.</p>
          <select id="organizationId" name="organizationId" className="control mt-1.5">
            {organizations.map((organization) => (
              <option key={organization.id} value={organization.id}>
                {organization.name}
              </option>
            ))}
          </select>
        </div>
      )}
      <div>
        <label htmlFor="file" className="font-medium text-sm">
          CSV file
        </label>
        <p id="file-hint" className="text-ink-soft">
          Up to 100 MB and 200,000 rows with 200 columns, in UTF-8 or UTF-16, not compressed. The first line names the
          columns.
        </p>
        <input
          id="file"
          name="file"
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          aria-describedby="file-hint"
          className="control mt-1.5"
        />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone="primary" size="lg" icon="upload">
          Upload and choose columns
        </Button>
        <LinkButton href="/imports" tone="quiet" size="lg">
          Cancel
        </LinkButton>
      </div>
    </form>
  );
}

export function UploadGuide() {
  return (
    <div className="flex max-w-xl flex-col gap-3 text-ink-soft">
      <p>
        Start from a template, <Download name="people">people with role and organization</Download> or{' '}
        <Download name="groups">addresses with groups</Download>, or upload an unchanged export from Google Workspace,
        Microsoft Entra, Okta, HubSpot or Moodle.
      </p>
      <p>
        Nothing changes until you confirm. You first see every row and what it would do. Password columns are dropped
        while the file is read and are never stored.
      </p>
    </div>
  );
}

/** A plain link, because the router must not fetch a file. */
function Download({ name, children }: { name: string; children: string }) {
  return (
    <a href={`/imports/templates/${name}`} download className="text-accent-text underline">
      {children}
    </a>
  );
}
