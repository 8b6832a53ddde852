export function BackupCodesPage() {
  return null;
}
