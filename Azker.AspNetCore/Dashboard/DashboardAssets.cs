using System.Text;
using Microsoft.AspNetCore.Http;

namespace Azker.AspNetCore.Dashboard;

/// <summary>The page of the dashboard, with its script, style and texts: resources of this assembly.</summary>
internal static class DashboardAssets
{
    public const string Page = "page.html";

    /// <summary>The files beside the page, with their content types.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["page.css"] = "text/css; charset=utf-8",
        ["page.js"] = "text/javascript; charset=utf-8",
        ["parts.js"] = "text/javascript; charset=utf-8",
        ["timeline.js"] = "text/javascript; charset=utf-8",
        ["language.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
        ["texts.en.json"] = "application/json",
        ["texts.ar.json"] = "application/json",
    };

    public static byte[] Read(string name)
    {
        using Stream stream = typeof(DashboardAssets).Assembly.GetManifestResourceStream($"dashboard/{name}")!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>The page in the language of the setting, or else of the browser: English or Arabic.</summary>
    /// <param name="request">The request.</param>
    /// <param name="language">The value of <c>AZKER_LANG</c>.</param>
    public static byte[] ReadPage(HttpRequest request, string? language)
    {
        bool isArabic = IsArabic(string.IsNullOrWhiteSpace(language) ? Preferred(request) : language.Trim());
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Read(Page))
            .Replace("{lang}", isArabic ? "ar" : "en", StringComparison.Ordinal)
            .Replace("{dir}", isArabic ? "rtl" : "ltr", StringComparison.Ordinal));
    }

    private static string Preferred(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(each => each.Quality ?? 1)
        .Select(each => each.Value.ToString())
        .FirstOrDefault(value => IsArabic(value) || value.StartsWith("en", StringComparison.OrdinalIgnoreCase)) ?? "";

    private static bool IsArabic(string language) => language.Split('-', '_', '.', '@')[0].Equals("ar", StringComparison.OrdinalIgnoreCase);
}
