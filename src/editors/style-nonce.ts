/** The nonce under which the page's policy lets an editor add its styles; empty where there is no policy. */
export function styleNonce(): string {
  const tag = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return tag?.nonce || tag?.getAttribute("nonce") || "";
}
