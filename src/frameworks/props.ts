/** What a framework's template may set and hear, made of the class and its event map: nothing is named twice. */

import type { LitElement } from 'lit';
import type { OssResumableUploadEvents } from '../events.js';
import type { OssResumableUpload } from '../oss-resumable-upload.js';

type Own = Omit<OssResumableUpload, keyof LitElement>;

/** Whether both have the same modifiers, which a plain comparison of types overlooks. */
type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type IsReadonly<Key extends keyof Own> = IsSame<Pick<Own, Key>, Readonly<Pick<Own, Key>>>;
type IsOptional<Key extends keyof Own> = object extends Pick<Own, Key> ? true : false;
/** A property that takes a function can be left out; a method can't. */
type IsMethod<Key extends keyof Own> =
  IsOptional<Key> extends true ? false : Own[Key] extends (...args: never) => unknown ? true : false;

type SettingName = {
  [Key in keyof Own]-?: true extends IsReadonly<Key> | IsMethod<Key> ? never : Key;
}[keyof Own];

/** The properties that can be set, by their names. */
export type Settings = Partial<Pick<Own, SettingName>>;

/** Plain values that have no attribute all the same. */
type PropertyOnly = 'storageClass';
type Plain = string | number | boolean;

/** `maxSize` → `max-size` */
type KebabCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? Rest extends Uncapitalize<Rest>
    ? `${Lowercase<First>}${KebabCase<Rest>}`
    : `${Lowercase<First>}-${KebabCase<Rest>}`
  : Name;

/** In a template a number may stand as text. */
type Written<Value> = Value | (number extends Value ? `${number}` : never);

/** The attributes that can be set. */
export type Attributes = {
  [
    Name in keyof Settings as [Extract<Settings[Name], Plain>] extends [never]
      ? never
      : Name extends PropertyOnly
        ? never
        : KebabCase<Name>
  ]?: Written<Extract<Settings[Name], Plain>> | undefined;
};

/** For templates that know both: a name sets the property where the element has one, else the attribute. */
export type TemplateSettings = Attributes & {
  [Name in Exclude<keyof Settings, keyof Attributes>]?: Settings[Name];
};

/** Handlers by the names of the events: `onoss-upload-success` with the prefix `on`. */
export type Handlers<Prefix extends string> = {
  [Name in keyof OssResumableUploadEvents as `${Prefix}${Name}`]?:
    ((event: OssResumableUploadEvents[Name]) => void) | undefined;
};

/** `oss-upload-success` → `OssUploadSuccess` */
type PascalCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${PascalCase<Tail>}`
  : Capitalize<Name>;

/** `onOssUploadSuccess` → `oss-upload-success`, for each event. */
export type EventNames = { [Name in keyof OssResumableUploadEvents as `on${PascalCase<Name>}`]: Name };
export type EventOf<Prop extends keyof EventNames> = OssResumableUploadEvents[EventNames[Prop]];

/** Handlers by the names that JavaScript prefers: `onOssUploadSuccess`. */
export type HandlerProps = { [Prop in keyof EventNames]?: ((event: EventOf<Prop>) => void) | undefined };
