namespace Azker.Demo.Story;

/// <summary>The consoles of a story, and its steps.</summary>
internal sealed record Scenario(IReadOnlyList<Role> Roles, IReadOnlyList<IStep> Steps);
