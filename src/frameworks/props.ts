/** Types of attributes, properties and event handlers for templates, derived from the element class and its event map. */

import type { LitElement } from 'lit';
import type { OssResumableUploadEvents } from '../events.js';
import type { OssResumableUpload } from '../oss-resumable-upload.js';

/** The element's members that aren't inherited from LitElement. */
type OwnMembers = Omit<OssResumableUpload, keyof LitElement>;

/** Whether both types are identical, including `readonly`, which assignability ignores. */
type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type IsReadonly<Key extends keyof OwnMembers> = IsSame<
  Pick<OwnMembers, Key>,
  Readonly<Pick<OwnMembers, Key>>
>;
type IsOptional<Key extends keyof OwnMembers> = object extends Pick<OwnMembers, Key> ? true : false;
/** Properties that hold a function are optional. Methods aren't. */
type IsMethod<Key extends keyof OwnMembers> =
  IsOptional<Key> extends true ? false : OwnMembers[Key] extends (...args: never) => unknown ? true : false;

/** Scripts can only empty the value, so templates don't set it. */
type SettingName = Exclude<
  {
    [Key in keyof OwnMembers]-?: true extends IsReadonly<Key> | IsMethod<Key> ? never : Key;
  }[keyof OwnMembers],
  'value'
>;

/** The properties that can be set. */
export type Settings = Partial<Pick<OwnMembers, SettingName>>;

/** Properties with a plain value but without an attribute. */
type PropertyOnly = 'storageClass';
/** Types that an attribute can hold. */
type Plain = string | number | boolean;

/** `maxSize` → `max-size` */
type KebabCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? Rest extends Uncapitalize<Rest>
    ? `${Lowercase<First>}${KebabCase<Rest>}`
    : `${Lowercase<First>}-${KebabCase<Rest>}`
  : Name;

/** Templates may write a number as text. */
type AttributeValue<Value> = Value | (number extends Value ? `${number}` : never);

/** The attributes that can be set. */
export type Attributes = {
  [
    Name in keyof Settings as [Extract<Settings[Name], Plain>] extends [never]
      ? never
      : Name extends PropertyOnly
        ? never
        : KebabCase<Name>
  ]?: AttributeValue<Extract<Settings[Name], Plain>> | undefined;
};

/** Attributes, and the properties that have none, for templates that can set both. */
export type TemplateSettings = Attributes & {
  [Name in Exclude<keyof Settings, keyof Attributes>]?: Settings[Name];
};

/** Event handlers, named after the events with a prefix: `onoss-upload-success` with the prefix `on`. */
export type Handlers<Prefix extends string> = {
  [Name in keyof OssResumableUploadEvents as `${Prefix}${Name}`]?:
    ((event: OssResumableUploadEvents[Name]) => void) | undefined;
};

/** `oss-upload-success` → `OssUploadSuccess` */
type PascalCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${PascalCase<Tail>}`
  : Capitalize<Name>;

/** Event names by the names of their handler props: `onOssUploadSuccess` → `oss-upload-success`. */
export type EventNames = { [Name in keyof OssResumableUploadEvents as `on${PascalCase<Name>}`]: Name };
/** The event type of a handler prop. */
export type EventOf<Prop extends keyof EventNames> = OssResumableUploadEvents[EventNames[Prop]];

/** Event handlers in camel case: `onOssUploadSuccess`. */
export type HandlerProps = { [Prop in keyof EventNames]?: ((event: EventOf<Prop>) => void) | undefined };
