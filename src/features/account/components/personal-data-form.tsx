import { PasswordField } from '@/components/form/password-field';
import { SubmitButton } from '@/components/form/submit-button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';

const problems: Record<string, string> = {
  wrong: 'This is not your current password. Nothing was downloaded.',
  busy: 'This was tried too often. Wait a few minutes, then try again.',
  refused: 'The file could not be made from where you sent this. Send it from here again.',
};

/** Everything about oneself as one file. A plain form: what comes back is a download, and the page stays. */
export function ExportForm({ problem }: { problem: string | undefined }) {
  const words = problem && Object.hasOwn(problems, problem) ? problems[problem] : undefined;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card title="Download my data" description="One file, as JSON: people can read it, and programs too.">
        {words && (
          <div className="mb-5">
            <Notice tone="bad" title="No file was made">
              {words}
            </Notice>
          </div>
        )}
        <form method="post" action="/account/data/file" className="flex max-w-xl flex-col gap-6">
          <PasswordField
            name="password"
            label="Current password"
            autoComplete="current-password"
            hint="Asked again, so that nobody takes your data from a computer you left."
          />
          <div>
            <SubmitButton size="lg">Download my data</SubmitButton>
          </div>
        </form>
      </Card>
      <Card title="What is in it">
        <ul className="ml-4 grid list-disc gap-1.5">
          <li>Your profile and your preferences</li>
          <li>Your organizations, teams, groups and roles, and what they let you do</li>
          <li>Your sessions and every attempt to sign in, with browser and network address</li>
          <li>The invitations, emails and links for a new password that were sent to you: what and when</li>
          <li>What the audit log says of your account, and what it says you did: what and when</li>
        </ul>
        <p className="mt-4 text-ink-soft">
          Passwords, links and what concerns other people are never in it. That you downloaded it is in the audit log.
          Is something wrong or should go? <TextLink href="/help/whom-to-ask">See whom to ask</TextLink>.
        </p>
      </Card>
    </div>
  );
}
