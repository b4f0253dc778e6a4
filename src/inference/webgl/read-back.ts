// Reads what was drawn without making the processor wait for the GPU.

/** Of the framebuffer that is bound; `into` must be of its type. */
export async function readBack(
  gl: WebGL2RenderingContext,
  width: number,
  height: number,
  into: Float32Array | Uint8ClampedArray,
  signal: AbortSignal,
): Promise<void> {
  const type = into instanceof Float32Array ? gl.FLOAT : gl.UNSIGNED_BYTE;
  const buffer = gl.createBuffer();
  try {
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, into.byteLength, gl.STREAM_READ);
    gl.readPixels(0, 0, width, height, gl.RGBA, type, 0);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    await drawn(gl, signal);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
    gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, into);
    if (gl.isContextLost()) throw new Error('context lost');
  } finally {
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    gl.deleteBuffer(buffer);
  }
}

/** WebGL has no event for it. A fence changes between tasks only, so it is asked once in each. */
async function drawn(gl: WebGL2RenderingContext, signal: AbortSignal): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!fence) throw new Error('no fence: context lost');
  gl.flush();
  try {
    for (;;) {
      signal.throwIfAborted();
      const status = gl.clientWaitSync(fence, 0, 0);
      if (status === gl.WAIT_FAILED) throw new Error('waiting failed: context lost');
      if (status !== gl.TIMEOUT_EXPIRED) return;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  } finally {
    gl.deleteSync(fence);
  }
}
