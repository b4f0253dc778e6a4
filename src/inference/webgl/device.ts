// A WebGL2 context of our own with the programs that were compiled for it. Owned by one backend.
import { FRAGMENT_HEAD, VERTEX_SHADER } from './pass-shader';

export class WebGlDevice {
  readonly #programs = new Map<string, Program>();

  constructor(readonly gl: WebGL2RenderingContext) {}

  /** Compiles in the background where the driver can; whoever first uses the program waits. */
  program(fragmentShader: string): Program {
    const known = this.#programs.get(fragmentShader);
    if (known) return known;
    const made = new Program(this.gl, FRAGMENT_HEAD + fragmentShader);
    this.#programs.set(fragmentShader, made);
    return made;
  }

  /** Draws over the viewport into the framebuffer that is bound. */
  cover(): void {
    this.gl.drawArrays(this.gl.TRIANGLES, 0, 3);
  }

  /** Frees the context at once, with all that lies in it: collecting garbage may take long. */
  dispose(): void {
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

export class Program {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #locations = new Map<string, WebGLUniformLocation | null>();
  #isChecked = false;

  constructor(gl: WebGL2RenderingContext, fragmentShader: string) {
    this.#gl = gl;
    this.#program = gl.createProgram();
    for (const [type, source] of [
      [gl.VERTEX_SHADER, VERTEX_SHADER],
      [gl.FRAGMENT_SHADER, fragmentShader],
    ] as const) {
      const shader = gl.createShader(type);
      if (!shader) throw new Error('no shader: context lost');
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.#program, shader);
    }
    gl.linkProgram(this.#program);
  }

  use(): void {
    const gl = this.#gl;
    if (!this.#isChecked) this.#check();
    gl.useProgram(this.#program);
  }

  /** Null where the compiler found that it does not matter; WebGL then ignores what is set. */
  uniform(name: string): WebGLUniformLocation | null {
    const known = this.#locations.get(name);
    if (known !== undefined) return known;
    const found = this.#gl.getUniformLocation(this.#program, name);
    this.#locations.set(name, found);
    return found;
  }

  #check(): void {
    const gl = this.#gl;
    if (!gl.getProgramParameter(this.#program, gl.LINK_STATUS)) {
      const shaders = gl.getAttachedShaders(this.#program) ?? [];
      const logs = shaders.map((shader) => gl.getShaderInfoLog(shader));
      throw new Error(`no program: ${gl.getProgramInfoLog(this.#program)} ${logs.join(' ')}`);
    }
    this.#isChecked = true;
  }
}
