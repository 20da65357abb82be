#:property PublishAot=false
// Completes the list of packages that CycloneDX has written (licences that packages keep in a file, fonts from npm), lists the licences
// and fails when one is missing or not allowed. Arguments: sbom.json, package-lock.json of the fonts, the listing to write.
using System.Text.Json;
using System.Text.Json.Nodes;

string[] allowed = ["Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "OFL-1.1", "PostgreSQL"];

// Licences that these packages give as a file or an address instead of an SPDX name, read for this version. Read them again for a new one.
Dictionary<string, string> readByHand = new()
{
    ["Hangfire.AspNetCore 1.8.25"] = "LGPL-3.0-or-later",
    ["Hangfire.Core 1.8.25"] = "LGPL-3.0-or-later",
    ["Hangfire.InMemory 1.0.0"] = "LGPL-3.0-or-later",
    ["Hangfire.NetCore 1.8.25"] = "LGPL-3.0-or-later",
    ["Hangfire.PostgreSql 1.21.1"] = "LGPL-3.0-only",
    ["NETStandard.Library 2.0.3"] = "MIT",
    ["Sylvan.Data.Csv 1.4.4"] = "MIT",
    ["zxcvbn-core 1.1.17"] = "MIT",
};

var (sbomFile, fontsFile, listingFile) = (args[0], args[1], args[2]);
var sbom = JsonNode.Parse(File.ReadAllText(sbomFile))!;
var components = sbom["components"]!.AsArray();
foreach (var font in Fonts())
{
    components.Add(font);
    DependOn(font["bom-ref"]!.GetValue<string>());
}

List<string> problems = [];
List<string> listing = ["# Licences of the packages that DigiHub ships", "", "| package | version | licence |", "|---|---|---|"];
foreach (var component in components.Where(component => component!["scope"]?.GetValue<string>() != "excluded"))
{
    var (name, version) = (FullName(component!), component!["version"]!.GetValue<string>());
    if (readByHand.TryGetValue($"{name} {version}", out var known))
        component["licenses"] = Licence(known);
    var licence = component["licenses"] is JsonArray { Count: 1 } one ? one[0]!["license"]?["id"]?.GetValue<string>() : null;
    if (licence is null)
        problems.Add($"{name} {version} names no licence: read it, and add it to readByHand.");
    else if (!allowed.Contains(licence))
        problems.Add($"{name} {version} has the licence {licence}, which is not allowed.");
    listing.Add($"| {name} | {version} | {licence ?? "none"} |");
}

File.WriteAllText(sbomFile, sbom.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
File.WriteAllLines(listingFile, listing);
problems.ForEach(Console.Error.WriteLine);
Console.WriteLine($"{components.Count} packages, {problems.Count} licences to look at: {sbomFile}, {listingFile}");
return problems.Count == 0 ? 0 : 1;

IEnumerable<JsonObject> Fonts() =>
    from package in JsonNode.Parse(File.ReadAllText(fontsFile))!["packages"]!.AsObject()
    where package.Key.Length > 0
    let name = package.Key["node_modules/".Length..]
    let version = package.Value!["version"]!.GetValue<string>()
    let purl = $"pkg:npm/{name.Replace("@", "%40")}@{version}"
    select new JsonObject
    {
        ["type"] = "library",
        ["bom-ref"] = purl,
        ["group"] = name.Split('/')[0],
        ["name"] = name.Split('/')[1],
        ["version"] = version,
        ["scope"] = "optional", // a build without npm has none
        ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Hash(package.Value!["integrity"]!.GetValue<string>()) }),
        ["licenses"] = package.Value!["license"]?.GetValue<string>() is { } licence ? Licence(licence) : null,
        ["purl"] = purl,
    };

void DependOn(string reference)
{
    var product = sbom["metadata"]!["component"]!["bom-ref"]!.GetValue<string>();
    var dependencies = sbom["dependencies"]!.AsArray();
    dependencies.Single(one => one!["ref"]!.GetValue<string>() == product)!["dependsOn"]!.AsArray().Add(reference);
    dependencies.Add(new JsonObject { ["ref"] = reference, ["dependsOn"] = new JsonArray() });
}

static JsonArray Licence(string id) => new(new JsonObject { ["license"] = new JsonObject { ["id"] = id } });

static string FullName(JsonNode component) =>
    component["group"]?.GetValue<string>() is { } group ? $"{group}/{component["name"]}" : component["name"]!.GetValue<string>();

static string Hash(string integrity) => Convert.ToHexString(Convert.FromBase64String(integrity["sha512-".Length..]));
