// Textures that are pictures: read by texel, and where wanted drawn into.

export type TextureFormat = 'RGBA8' | 'RGB32F' | 'RGBA32F';

export function createTexture(
  gl: WebGL2RenderingContext,
  format: TextureFormat,
  width: number,
  height: number,
): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl[format], width, height);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  return texture;
}

export interface Target {
  framebuffer: WebGLFramebuffer;
  dispose(): void;
}

export function createTarget(
  gl: WebGL2RenderingContext,
  format: TextureFormat,
  width: number,
  height: number,
): Target {
  const texture = createTexture(gl, format, width, height);
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  const dispose = () => {
    gl.deleteFramebuffer(framebuffer);
    gl.deleteTexture(texture);
  };
  if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) {
    dispose();
    throw new Error(`cannot draw into ${width}x${height} ${format}`);
  }
  return { framebuffer, dispose };
}
