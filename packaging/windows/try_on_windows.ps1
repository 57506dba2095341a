# Try an installer on a real Windows: install, self test, check, show the window, remove.
# It is run by .github/workflows/release-windows.yml, from the checkout.
param(
    [Parameter(Mandatory)] [string] $Setup,
    [Parameter(Mandatory)] [string] $Pictures
)
$ErrorActionPreference = "Stop"
$installed = Join-Path $env:LOCALAPPDATA "Programs\gouji"
$sample = (Resolve-Path "resources\samples\*.docx").Path
$work = New-Item -ItemType Directory -Force (Join-Path $env:RUNNER_TEMP "tried")
New-Item -ItemType Directory -Force $Pictures | Out-Null

function Invoke-Program([string] $Path, [string[]] $Arguments) {
    (Start-Process -FilePath $Path -ArgumentList $Arguments -Wait -PassThru).ExitCode
}

function Assert-Holds([bool] $Holds, [string] $Problem) {
    if (-not $Holds) { throw $Problem }
}

# Bytes, not what PowerShell makes of them: cmd hands them over as they are.
function Save-Output([string] $Command, [string] $Target) {
    cmd /c "$Command > `"$Target`""
    Assert-Holds ($LASTEXITCODE -le 1) "$Command ended with $LASTEXITCODE"
}

function Save-Picture([string] $Target) {
    Add-Type -AssemblyName System.Windows.Forms, System.Drawing
    $screen = [System.Windows.Forms.Screen]::PrimaryScreen.Bounds
    $picture = New-Object System.Drawing.Bitmap $screen.Width, $screen.Height
    [System.Drawing.Graphics]::FromImage($picture).CopyFromScreen(0, 0, 0, 0, $picture.Size)
    $picture.Save($Target)
}

Assert-Holds ((Invoke-Program (Resolve-Path $Setup) "/S") -eq 0) "the installer failed"

& "$installed\gouji-cli.exe" selftest
Assert-Holds ($LASTEXITCODE -eq 0) "the self test failed"

Save-Output "python main.py check --json `"$sample`"" "$work\source.json"
Save-Output "`"`"$installed\gouji-cli.exe`" check --json `"$sample`"`"" "$work\frozen.json"
$hashes = Get-FileHash "$work\source.json", "$work\frozen.json"
Assert-Holds ($hashes[0].Hash -eq $hashes[1].Hash) "the frozen program finds something else"

$window = Start-Process "$installed\gouji.exe" "`"$sample`"" -PassThru
Start-Sleep 20
$window.Refresh()
Save-Picture (Join-Path (Resolve-Path $Pictures) "window.png")
Assert-Holds (-not $window.HasExited) "the window closed by itself"
Assert-Holds ($window.MainWindowHandle -ne 0) "there is no window"
Assert-Holds ((Invoke-Program (Resolve-Path $Setup) "/S") -eq 3) "a running program was replaced"
$window.CloseMainWindow() | Out-Null
Assert-Holds $window.WaitForExit(20000) "the window does not close"

Assert-Holds ((Invoke-Program (Resolve-Path $Setup) "/S") -eq 0) "installing again failed"
# With _?= the uninstaller runs where it stands, so that its end can be waited for.
$ended = Invoke-Program "$installed\uninstall.exe" @("/S", "_?=$installed")
Assert-Holds ($ended -eq 0) "the uninstaller failed"
$left = @(Get-ChildItem -Recurse -File $installed | Where-Object Name -ne "uninstall.exe")
Assert-Holds ($left.Count -eq 0) "left behind: $($left.FullName)"
Write-Output "all of it worked"
