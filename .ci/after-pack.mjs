// Electron's fuses, blown after packing and before signing. A fuse that a later Electron adds and we do not name fails the build.
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

/** `isTestBuild` leaves the inspector in: Playwright drives Electron through it. Never in a release. */
export const fuses = (isTestBuild) => ({
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: isTestBuild,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
});

const binaryOf = (platform, name) => (platform === 'darwin' ? `${name}.app` : platform === 'win32' ? `${name}.exe` : name);

/** electron-builder's hook. */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const name = electronPlatformName === 'linux' ? packager.executableName : packager.appInfo.productFilename;
  await flipFuses(join(appOutDir, binaryOf(electronPlatformName, name)), { ...fuses(process.env.PARLEY_TEST_BUILD === '1'), resetAdHocDarwinSignature: electronPlatformName === 'darwin' });
}
