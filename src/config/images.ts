import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** One kind of picture, known by how its bytes begin. */
export const PictureType = z.strictObject({
  /** For people: "JPEG". */
  name: z.string(),
  /** Of the file in the bundle. */
  ending: z.string().regex(/^[a-z0-9]{2,5}$/, 'the ending of a file, such as "jpg"'),
  /** Bytes in hexadecimal with spaces between them; `..` is any byte. */
  begins: z
    .string()
    .regex(/^([0-9a-f]{2}|\.\.)( ([0-9a-f]{2}|\.\.))+$/, 'bytes such as "ff d8 ff", or ".." for any byte'),
});
export type PictureType = z.infer<typeof PictureType>;

/** `config/images.yaml`: how the hosts of pictures are asked, and what is taken for a picture. */
export const ImagesFile = z.strictObject({
  images: z.strictObject({
    /** Pause after each response of one host, in seconds. */
    pause: z.number().positive(),
    /** How many hosts are asked side by side. */
    hosts: z.number().int().min(1).max(16),
    /** Bytes of a picture, at most. */
    largest: z.number().int().positive(),
    /** Redirects that are followed to one picture. */
    redirects: z.number().int().nonnegative(),
    /** Longest single wait that is honoured before a host is left to the next run, in seconds. */
    longestWait: z.number().positive(),
    /** Addresses and ranges that may be asked although they are not of the public internet. */
    allow: z.array(
      z
        .string()
        .refine(
          (text) => ipaddr.isValid(text) || ipaddr.isValidCIDR(text),
          'an address such as "127.0.0.1" or a range such as "10.1.0.0/16"',
        ),
    ),
    /** In the order in which they are tried. */
    types: z.array(PictureType).min(1),
  }),
});
export type ImagesFile = z.infer<typeof ImagesFile>;
