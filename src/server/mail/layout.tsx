import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from '@react-email/components';
import type { CSSProperties, ReactNode } from 'react';
import { productName } from './templates';

type Props = {
  preview: string;
  heading: string;
  /** The link is repeated as text, for mail readers that show no buttons. */
  action?: { label: string; href: string };
  children: ReactNode;
};

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';
const text: CSSProperties = { fontSize: '16px', lineHeight: '24px', margin: '0 0 16px', color: '#1d2330' };
const soft: CSSProperties = { fontSize: '14px', lineHeight: '20px', margin: '0 0 12px', color: '#525a6b' };

// Mail readers take dark colours only from a style sheet. Where it is ignored, the light ones in `style` stay.
const darkColours = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .mail-page, .mail-page > table > tbody > tr > td { background-color: #14171e !important; }
    .mail-card { background-color: #1c2029 !important; border-color: #343a47 !important; }
    .mail-ink { color: #eef0f5 !important; }
    .mail-soft { color: #a9b1c2 !important; }
    .mail-link { color: #9db8ff !important; }
    .mail-line { border-color: #343a47 !important; }
  }`;

export function MailLayout({ preview, heading, action, children }: Props) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{heading}</title>
        <style>{darkColours}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body
        className="mail-page"
        style={{ backgroundColor: '#f4f5f8', margin: 0, padding: '24px 12px', fontFamily: font }}
      >
        <Container style={{ maxWidth: '560px', margin: '0 auto' }}>
          <Text className="mail-soft" style={{ ...soft, fontWeight: 600, margin: '0 0 12px 4px' }}>
            {productName}
          </Text>
          <Section
            className="mail-card"
            style={{ backgroundColor: '#ffffff', border: '1px solid #dfe2ea', borderRadius: '8px', padding: '28px' }}
          >
            <Heading
              as="h1"
              className="mail-ink"
              style={{ fontSize: '22px', lineHeight: '30px', margin: '0 0 16px', color: '#1d2330' }}
            >
              {heading}
            </Heading>
            {children}
            {action && <Action {...action} />}
          </Section>
          <Text className="mail-soft" style={{ ...soft, margin: '16px 4px 0' }}>
            {`You get this because of your account in ${productName}. Replies to this address are not read.`}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

function Action({ label, href }: { label: string; href: string }) {
  return (
    <>
      <Section data-skip-in-text="true" style={{ margin: '8px 0 20px' }}>
        <Button
          href={href}
          style={{
            backgroundColor: '#2f55d4',
            color: '#ffffff',
            borderRadius: '6px',
            padding: '12px 20px',
            fontSize: '16px',
            fontWeight: 600,
            textDecoration: 'none',
          }}
        >
          {label}
        </Button>
      </Section>
      <Hr className="mail-line" style={{ borderColor: '#dfe2ea', margin: '20px 0' }} data-skip-in-text="true" />
      <Text className="mail-soft" style={soft}>
        {`${label}: open this address, or copy it into your browser.`}
        <br />
        <Link className="mail-link" href={href} style={{ color: '#2f55d4', wordBreak: 'break-all' }}>
          {href}
        </Link>
      </Text>
    </>
  );
}

export function MailText({ children }: { children: ReactNode }) {
  return (
    <Text className="mail-ink" style={text}>
      {children}
    </Text>
  );
}

export function MailNote({ children }: { children: ReactNode }) {
  return (
    <Text className="mail-soft" style={soft}>
      {children}
    </Text>
  );
}

/** A person's own words, always as text, with their line breaks. */
export function MailQuote({ children }: { children: string }) {
  const lines = children.split(/\r\n|\r|\n/);
  return (
    <Text className="mail-ink mail-line" style={{ ...text, borderLeft: '3px solid #dfe2ea', paddingLeft: '12px' }}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else that tells them apart, and never move
        <span key={index}>
          {index > 0 && <br />}
          {line}
        </span>
      ))}
    </Text>
  );
}
