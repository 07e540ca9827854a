namespace Azker.Conventions.Tests.Words;

internal enum PieceKind
{
    Comment,
    Literal,
}

/// <summary>A comment or a string literal of a source file.</summary>
/// <param name="Kind">Which of the two it is.</param>
/// <param name="Start">Where it starts in the file.</param>
/// <param name="End">Where it ends in the file.</param>
/// <param name="Text">Its content: without the quotes, with <c>code</c> for what is interpolated, with line breaks as in the file.</param>
/// <param name="Context">The code of the statement so far, and of the blocks around it.</param>
internal sealed record Piece(PieceKind Kind, int Start, int End, string Text, string Context);
