import Foundation
import NeuralEngineering
import Testing

@Suite("Formulas")
struct FormulaTests {
  @Test(
    "are read as in mathematics",
    arguments: [
      ("x^2", 0.09), ("-x^2", -0.09), ("2*x + 1", 1.6), ("1 - 2 - 3", -4), ("12/4/3", 1), ("2 + 3*4", 14),
      ("(2 + 3)*4", 20), ("2^3^2", 512), ("2^-1", 0.5), ("-2^2", -4), ("(-2)^2", 4), ("--3", 3), ("+x", 0.3),
      ("2*-x", -0.6), ("sin(pi/2)", 1), ("cos(0)", 1), ("exp(0) + abs(-3)", 4), ("sqrt(4)", 2),
      ("sqrt(abs(x - 1.3))", 1), ("1e3", 1000), ("2.5E-1", 0.25), (".5", 0.5), ("5.", 5), ("  ( x )  ", 0.3),
      ("4^0.5", 2), ("2^0", 1), ("0.5*x^3-0.25", -0.2365), ("x", 0.3), ("exp(x)^2/exp(2*x)", 1),
    ])
  func values(text: String, value: Double) throws {
    #expect(abs(try Formula(text, of: "x").value(at: 0.3) - value) < 1e-15 * max(1, abs(value)))
  }

  @Test("whole powers are products to the last bit")
  func powers() throws {
    let (square, cube) = (try Formula("x^2", of: "x"), try Formula("x^3", of: "x"))
    for x in stride(from: -1.0, to: 1, by: 0.0101) {
      #expect(square.value(at: x) == x * x && cube.value(at: x) == x * x * x)
    }
  }

  @Test("have a variable of their own, and keep their text")
  func variable() throws {
    let formula = try Formula(" 2*t", of: "t")
    #expect(formula.value(at: 3) == 6 && formula.description == " 2*t")
    #expect(throws: FormulaError.self) { try Formula("2*x", of: "t") }
  }

  @Test("without a value give infinity or NaN")
  func infinite() throws {
    #expect(try Formula("1/x", of: "x").value(at: 0) == .infinity)
    #expect(try Formula("sqrt(x)", of: "x").value(at: -1).isNaN)
    #expect(try Formula("x^0.5", of: "x").value(at: -1).isNaN)
  }

  private static let operand = "a number, ( or one of x, pi, sin, cos, exp, abs, sqrt"

  @Test(
    "that cannot be read say what stands where",
    arguments: [
      ("", FormulaError.unexpected(found: nil, at: 1, expected: operand)),
      ("2+*x", .unexpected(found: "*", at: 3, expected: operand)),
      ("x^", .unexpected(found: nil, at: 3, expected: operand)),
      ("x**2", .unexpected(found: "*", at: 3, expected: operand)),
      ("(x", .unexpected(found: nil, at: 3, expected: "an operator or )")),
      ("x)", .unexpected(found: ")", at: 2, expected: "an operator or the end")),
      ("2x", .unexpected(found: "x", at: 2, expected: "an operator or the end")),
      ("2exp(x)", .unexpected(found: "e", at: 2, expected: "an operator or the end")),
      ("1.2.3", .unexpected(found: ".", at: 4, expected: "an operator or the end")),
      (".", .unexpected(found: ".", at: 1, expected: operand)),
      ("sin x", .unexpected(found: "x", at: 5, expected: "( after sin")),
      ("sin", .unexpected(found: nil, at: 4, expected: "( after sin")),
      ("sin()", .unexpected(found: ")", at: 5, expected: operand)),
      ("x\u{2212}1", .unexpected(found: "\u{2212}", at: 2, expected: "an operator or the end")),
      ("٣", .unexpected(found: "٣", at: 1, expected: operand)),
      ("x + y", .unknownName("y", at: 5, known: ["x", "pi", "sin", "cos", "exp", "abs", "sqrt"])),
      ("Sin(x)", .unknownName("Sin", at: 1, known: ["x", "pi", "sin", "cos", "exp", "abs", "sqrt"])),
      ("1e999", .numberTooLarge("1e999", at: 1)),
    ])
  func errors(text: String, error: FormulaError) {
    #expect(throws: error) { try Formula(text, of: "x") }
  }

  @Test("too long or too deep to follow are refused")
  func limits() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "x" + String(repeating: ")", count: depth)
    }
    #expect(try Formula(nested(99), of: "x").value(at: 0.3) == 0.3)
    #expect(throws: FormulaError.tooDeep(at: 101, limit: 100)) { try Formula(nested(100), of: "x") }
    #expect(throws: FormulaError.self) { try Formula(String(repeating: "-", count: 500) + "x", of: "x") }
    #expect(throws: FormulaError.self) { try Formula(String(repeating: "x^", count: 400) + "x", of: "x") }
    let chain = String(repeating: "x+", count: 499) + "x"
    #expect(abs(try Formula(chain, of: "x").value(at: 0.5) - 250) < 1e-12)
    #expect(throws: FormulaError.tooLong(count: 1001, limit: 1000)) { try Formula(chain + "+x", of: "x") }
  }

  @Test("every damage to a formula is read or refused, and never anything else")
  func damaged() throws {
    let text = "0.5*x^3 - sin(pi*(x + 1e-2))/sqrt(2)"
    for (index, _) in text.enumerated() {
      for replacement in ["", "(", ")", "^", "e", ".", " ", "é"] {
        var characters = text.map(String.init)
        characters[index] = replacement
        do {
          _ = try Formula(characters.joined(), of: "x").value(at: 0.3)
        } catch {
          let message = "\(error as FormulaError)"
          #expect(!message.isEmpty && !message.contains("\n"))
        }
      }
    }
  }

  @Test("inputs have names")
  func inputs() throws {
    for (text, at, value) in [
      ("sin", 2.0, sin(2.0)), ("cos", 2, cos(2.0)), ("ramp", 0, -1), ("ramp", 8, 1), ("ramp", 2, -0.5),
      ("0.5", 3, 0.5), ("t/4", 2, 0.5),
    ] {
      #expect(try InputSignal.formula(text, duration: 8).value(at: at) == value, "\(text)")
    }
  }
}
