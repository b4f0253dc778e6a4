// Whether WebGL runs on the processor.

/**
 * The name of the renderer if it is one in software. An early way out, not the decision: the probe would find it
 * slow too, but only after seconds, and `failIfMajorPerformanceCaveat` lets SwiftShader pass.
 */
export function softwareRenderer(
  gl: WebGL2RenderingContext | WebGLRenderingContext,
): string | null {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name) ? name : null;
}
