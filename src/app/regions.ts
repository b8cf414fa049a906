/** Regions of the menu, with the names AWS gives them. */
export const REGIONS: readonly { readonly id: string; readonly name: string }[] = [
  { id: "us-east-1", name: "N. Virginia" },
  { id: "us-east-2", name: "Ohio" },
  { id: "us-west-1", name: "N. California" },
  { id: "us-west-2", name: "Oregon" },
  { id: "ca-central-1", name: "Canada" },
  { id: "eu-central-1", name: "Frankfurt" },
  { id: "eu-west-1", name: "Ireland" },
  { id: "eu-west-2", name: "London" },
  { id: "eu-north-1", name: "Stockholm" },
  { id: "ap-south-1", name: "Mumbai" },
  { id: "ap-southeast-1", name: "Singapore" },
  { id: "ap-southeast-2", name: "Sydney" },
  { id: "ap-northeast-1", name: "Tokyo" },
  { id: "sa-east-1", name: "São Paulo" },
];
