import { PasswordField } from '@/components/form/password-field';
import { SubmitButton } from '@/components/form/submit-button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';

const problems: Record<string, string> = {
  wrong: 'This is not your current password. Nothing was downloaded.',
  busy: 'There were too many attempts. Wait a few minutes, then try again.',
  refused: 'The request did not come from this page. Start it from here.',
};

/** A plain form: the answer is a download, so the page stays open. */
export function ExportForm({ problem }: { problem: string | undefined }) {
  const explanation = problem && Object.hasOwn(problems, problem) ? problems[problem] : undefined;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card title="Download my data" description="One JSON file that people and programs can read.">
        {explanation && (
          <div className="mb-5">
            <Notice tone="bad" title="The file was not created">
              {explanation}
            </Notice>
          </div>
        )}
        <form noValidate method="post" action="/account/data/file" className="flex max-w-xl flex-col gap-6">
          <PasswordField
            name="password"
            label="Current password"
            autoComplete="current-password"
            hint="We ask for it so that nobody can download your data while you are away from your computer."
          />
          <div>
            <SubmitButton size="lg">Download my data</SubmitButton>
          </div>
        </form>
      </Card>
      <Card title="What the file contains">
        <ul className="ml-4 grid list-disc gap-1.5">
          <li>Your profile and your preferences</li>
          <li>Your organizations, teams, groups and roles, and what they let you do</li>
          <li>Your sessions and every attempt to sign in, with browser and network address</li>
          <li>The invitations, emails and password links sent to you, with the time of each</li>
          <li>What the audit log says about your account and about what you did, with the time of each event</li>
        </ul>
        <p className="mt-4 text-ink-soft">
          It never contains passwords, links or information about other people. The audit log records that you
          downloaded it. Should something be corrected or deleted?{' '}
          <TextLink href="/help/whom-to-ask">See whom to ask</TextLink>.
        </p>
      </Card>
    </div>
  );
}
