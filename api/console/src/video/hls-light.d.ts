/** The build without subtitles and decryption, which we do not use; hls.js ships its types with the full one only. */
declare module 'hls.js/light' {
  export { default, type ErrorData, type Fragment, type LevelDetails } from 'hls.js'
}
