/** What the build makes of a file that is imported by its address. */
declare module "*?worker&url" {
  const address: string;
  export default address;
}
declare module "*.css";
